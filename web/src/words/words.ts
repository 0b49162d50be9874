import type { en } from "./en.ts";

/**
 * Every text of the page, by area and key. A text that names something is a function of it: leaving a parameter out
 * does not compile, and neither does a language that lacks a key.
 */
export type Words = typeof en;

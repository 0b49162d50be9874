import type { ComponentProps } from "react";
import "./button.css";

/** `main`: the one thing a screen is for. `bad`: replaces something. `quiet`: beside text. */
export type ButtonTone = "main" | "plain" | "quiet" | "bad";

export function Button({
  tone = "plain",
  className = "",
  ...rest
}: ComponentProps<"button"> & { readonly tone?: ButtonTone }) {
  return <button type="button" {...rest} className={`button ${className}`} data-tone={tone} />;
}

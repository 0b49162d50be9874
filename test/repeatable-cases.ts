/**
 * Draws the same cases in every run of CI, so that a red run is a change's own and can be repeated anywhere with
 * `STET_SEED=<number> npm test`. Every other run draws new ones: that is how the rare case is found.
 */
const seed = process.env.STET_SEED;
if (seed !== undefined) {
  const { configureGlobal, readConfigureGlobal } = await import("fast-check");
  configureGlobal({ ...readConfigureGlobal(), seed: Number(seed) });
}

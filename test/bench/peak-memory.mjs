// Preloaded into a program: at its end, writes its peak memory (resident, in kilobytes) to the file that
// STET_BENCH_MEMORY names.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  writeFileSync(process.env.STET_BENCH_MEMORY ?? "peak-memory", String(process.resourceUsage().maxRSS));
});

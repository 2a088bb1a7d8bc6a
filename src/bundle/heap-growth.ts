import { setFlagsFromString } from 'node:v8';

/** Lets the heap grow as it suits bytes that flow by in chunks of a megabyte, of which nearly nothing stays. */
export function setHeapGrowth(): void {
  // The young generation grows to its full 16 MiB in one step: chunks come faster than it usually grows, and are taken
  // for old before they are done with. To collect them from there is a sixth of all work.
  setFlagsFromString('--semi-space-growth-factor=16');
  // The old one may grow to four times its size before it is collected again. Each time the chunks at hand become old,
  // and little else is: together they reach the usual limit every 40 milliseconds, and two and a half times that every
  // 80. To collect them takes a third of all time, or a sixth.
  setFlagsFromString('--heap-growing-percent=300');
}

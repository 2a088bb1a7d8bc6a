// Loaded into the measured program: says the time that it computed for and its memory as its last line.
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const kilobytes = ownPeak() ?? maxRSS;
  require('node:fs').writeSync(
    2,
    `\nMEASURED ${Math.round((userCPUTime + systemCPUTime) / 1000)} ${Math.round(kilobytes / 1024)}\n`,
  );
});

/** On Linux maxRSS counts what the process held that started this one, too. */
function ownPeak() {
  try {
    const status = require('node:fs').readFileSync('/proc/self/status', 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)[1]);
  } catch {
    return undefined;
  }
}

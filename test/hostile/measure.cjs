// Loaded into the measured program: says the time that it computed for and its memory as its last line.
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  require('node:fs').writeSync(
    2,
    `\nMEASURED ${Math.round((userCPUTime + systemCPUTime) / 1000)} ${Math.round(maxRSS / 1024)}\n`,
  );
});

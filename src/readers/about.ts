/** Reads `about.txt`: key=value lines; the first of a key counts. */
export function readAbout(text: string): ReadonlyMap<string, string> {
  const about = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const equals = line.indexOf('=');
    const key = line.slice(0, equals).trim();
    if (equals > 0 && !about.has(key)) about.set(key, line.slice(equals + 1).trim());
  }
  return about;
}

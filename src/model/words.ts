/** `1 pod`, `3 pods`, `no pods`. */
export function count(number: number, noun: string): string {
  if (number === 1) return `1 ${noun}`;
  const plural = noun.replace(/([^aeiou])y$/, '$1ie').replace(/(s|x|ch)$/, '$1e');
  return `${number === 0 ? 'no' : groupDigits(number)} ${plural}s`;
}

/** `12,345`: the same in every locale. */
export function groupDigits(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Text cut to a number of characters, an ellipsis in the place of what is gone. */
export function cutTo(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** `once`, `9 times`. */
export function times(number: number): string {
  return number === 1 ? 'once' : `${groupDigits(number)} times`;
}

/** Remembers texts that were found to hold no secret. */
type Clean = { has(text: string): boolean; add(text: string): void };

/** An empty memory of texts up to this length, as longer ones seldom come again; once there are so many, all are forgotten. */
export function createClean(longest: number, most: number): Clean {
  const texts = new Set<string>();
  return {
    has: (text) => text.length <= longest && texts.has(text),
    add(text) {
      if (text.length > longest) return;
      if (texts.size >= most) texts.clear();
      // A copy: a part of a text would keep the whole text.
      texts.add(Buffer.from(text).toString());
    },
  };
}

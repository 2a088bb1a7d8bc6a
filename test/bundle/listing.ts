import { type BundleSummary, readBundle } from '../../src/bundle/open-bundle.ts';
import type { Limits } from '../../src/model/limits.ts';

/** What a visitor saw of a bundle. */
type Listing = {
  readonly summary: BundleSummary;
  readonly paths: readonly string[];
  readonly texts: Readonly<Record<string, string>>;
  /** Files whose end was missing. */
  readonly cut: readonly string[];
  readonly problems: readonly string[];
};

/** Reads a bundle and keeps everything. */
export async function list(source: string, limits?: Limits): Promise<Listing> {
  const texts: Record<string, string> = Object.create(null);
  const paths: string[] = [];
  const cut: string[] = [];
  const problems: string[] = [];
  const summary = await readBundle(
    source,
    {
      entry({ path }) {
        const chunks: Buffer[] = [];
        paths.push(path);
        return {
          chunk: (bytes) => void chunks.push(Buffer.from(bytes)),
          end(complete) {
            texts[path] = Buffer.concat(chunks).toString();
            if (!complete) cut.push(path);
          },
        };
      },
      problem: (file, message) => void problems.push(`${file}: ${message}`),
    },
    limits,
  );
  return { summary, paths, texts, cut, problems };
}

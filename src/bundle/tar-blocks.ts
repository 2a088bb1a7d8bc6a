import type { Intake } from './intake.ts';
import { TAR_BLOCK } from './tar-header.ts';

const NOTHING = Buffer.alloc(0);

/** Takes the parts of an archive in which each header block is followed by content. */
export type BlockVisitor = {
  /**
   * A header block that begins at this place, valid during the call. Returns the size of the content that follows it,
   * undefined when another header does, or `stop` when nothing can be read from here on.
   */
  header(bytes: Buffer, at: number): number | undefined | 'stop';
  /** A piece of content, valid during the call. */
  content(bytes: Buffer): void;
  /** The content is whole, also when its size is 0; what is returned is awaited before the next header. */
  contentEnd(): Promise<void> | undefined;
};

/** Cuts the bytes of an archive into header blocks and content, and leaves out what fills the last block of each. */
export function tarBlocks({ header, content, contentEnd }: BlockVisitor): Intake['chunk'] {
  /** The beginning of a header whose end has not come. */
  let held: Buffer = NOTHING;
  let inContent = false;
  let left = 0;
  let padding = 0;
  let stopped = false;

  function passContent(bytes: Buffer, at: number): number {
    const step = Math.min(left, bytes.length - at);
    if (step > 0) content(bytes.subarray(at, at + step));
    left -= step;
    return at + step;
  }

  /** The header at this place, or behind what is held; its end, or undefined when it is not whole. */
  function passHeader(bytes: Buffer, at: number): number | undefined {
    const end = at + TAR_BLOCK - held.length;
    if (held.length === 0 && end <= bytes.length) take(header(bytes, at));
    else {
      held = Buffer.concat([held, bytes.subarray(at, end)]);
      if (held.length < TAR_BLOCK) return undefined;
      const block = held;
      held = NOTHING;
      take(header(block, 0));
    }
    return end;
  }

  function take(size: number | undefined | 'stop') {
    if (size === 'stop') stopped = true;
    else if (size !== undefined) {
      inContent = true;
      left = size;
      padding = -size & (TAR_BLOCK - 1);
    }
  }

  function read(bytes: Buffer, from: number): Promise<void> | undefined {
    let at = from;
    while (!stopped) {
      if (inContent) {
        at = passContent(bytes, at);
        if (left > 0) return undefined;
        inContent = false;
        const next = at;
        const wait = contentEnd();
        if (wait) return wait.then(() => read(bytes, next));
      }
      const step = Math.min(padding, bytes.length - at);
      padding -= step;
      at += step;
      if (at === bytes.length) return undefined;
      const end = passHeader(bytes, at);
      if (end === undefined) return undefined;
      at = end;
    }
    return undefined;
  }

  return (bytes) => read(bytes, 0);
}

import { decodeName } from './decode-name.ts';
import type { Intake } from './intake.ts';
import { readPax } from './pax.ts';
import type { Archive, Reading } from './reading.ts';
import { tarBlocks } from './tar-blocks.ts';
import { tarHeader } from './tar-header.ts';
import { type Extensions, type Member, toMember } from './tar-member.ts';
import type { Sink } from './visitor.ts';

/** Headers that say more of the member behind them; a larger one is taken for damage. */
const EXTENSIONS: ReadonlySet<string> = new Set(['x', 'g', 'L', 'N', 'K']);
const LARGEST_EXTENSION = 4 * 1024 ** 2;
/** Where a block of a sparse file's map says whether there is another one. */
const MAP_GOES_ON = 504;

const BEHIND_END = 'it stands behind the end mark of the archive, where other programs do not look';

/**
 * Shows the files of a tar archive as its bytes come. A stream for each member, as tar-stream has it, takes longer than
 * all that is done with a small file here.
 */
export function tarIntake(archive: Archive, reading: Reading): Intake {
  let extensions: Extensions = {};
  let extension: { readonly type: string; readonly parts: Buffer[] } | undefined;
  /** The member whose content comes, what takes it, and the last one that began. */
  let open: Member | undefined;
  let sink: Sink | undefined;
  let last: Member | undefined;
  /** Whether a block of zeros came behind the last member. */
  let ended = false;
  let damaged = false;
  /** The size of a sparse file while blocks of its map come. */
  let behindMap: number | undefined;

  function header(bytes: Buffer, at: number): number | undefined | 'stop' {
    if (behindMap !== undefined) return skipMap(bytes, at);
    const block = tarHeader(bytes, at);
    if (block === 'empty') {
      ended = true;
      return undefined;
    }
    if (block === 'damaged') return stop();
    if (EXTENSIONS.has(block.type)) {
      extension = { type: block.type, parts: [] };
      return block.size > LARGEST_EXTENSION ? stop() : block.size;
    }
    const size = begin(toMember(block, extensions, archive.prefix));
    if (!block.mapFollows || size === 'stop') return size;
    behindMap = size;
    return undefined;
  }

  function stop(): 'stop' {
    damaged = true;
    return 'stop';
  }

  function skipMap(bytes: Buffer, at: number): number | undefined {
    if (bytes[at + MAP_GOES_ON] !== 0) return undefined;
    const size = behindMap;
    behindMap = undefined;
    return size;
  }

  function begin(member: Member): number | undefined | 'stop' {
    const { path, size, odd, refused } = member;
    if (Number.isNaN(size)) return stop();
    if (ended && last) reading.note(path, BEHIND_END);
    ended = false;
    last = member;
    extensions = extensions.shared ? { shared: extensions.shared } : {};
    if (member.isFolder) return undefined;
    if (odd) reading.note(path, odd);
    if (refused) reading.note(path, refused);
    sink = refused ? undefined : reading.open(member, archive);
    open = member;
    return size;
  }

  function content(bytes: Buffer) {
    if (extension) extension.parts.push(Buffer.from(bytes));
    else sink?.chunk(bytes);
  }

  function contentEnd(): Promise<void> | undefined {
    if (extension) {
      extensions = extended(extensions, extension.type, Buffer.concat(extension.parts));
      extension = undefined;
      return undefined;
    }
    open = undefined;
    sink?.end(true);
    return reading.pending();
  }

  function tellEnd() {
    if (damaged)
      reading.cut(
        archive.path,
        `the tar header ${last ? `behind ${last.path}` : 'at its start'} is damaged; the rest is not read`,
      );
    else if (!ended) reading.cut(archive.path, 'the archive ends without its end mark; files may be missing');
  }

  return {
    chunk: tarBlocks({ header, content, contentEnd }),
    end(complete) {
      if (open) {
        sink?.end(false);
        reading.cut(open.path, 'the archive ends inside this file');
      } else if (complete) tellEnd();
      return undefined;
    },
  };
}

/** What is known of the next member, with what this header says. */
function extended(known: Extensions, type: string, content: Buffer): Extensions {
  switch (type) {
    case 'x':
      return { ...known, pax: readPax(content) };
    case 'g':
      return { ...known, shared: readPax(content) };
    case 'K':
      return known; // where a link leads, which nobody follows
    default: {
      const end = content.indexOf(0);
      return { ...known, longName: decodeName(end < 0 ? content : content.subarray(0, end)) };
    }
  }
}

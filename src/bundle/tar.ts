import { type Extract, extract } from 'tar-stream';
import type { Intake } from './intake.ts';
import type { Archive, Reading } from './reading.ts';
import { type Member, type MemberHeader, TAR_BLOCK, toMember } from './tar-member.ts';

/** Whether these first bytes are those of a tar archive: a header with a right checksum. */
export function isTar(head: Buffer): boolean {
  if (head.length < TAR_BLOCK) return false;
  const told = /^ *([0-7]+)[ \0]*$/.exec(head.toString('latin1', 148, 156))?.[1];
  const block = Buffer.from(head.subarray(0, TAR_BLOCK)).fill(' ', 148, 156);
  return told !== undefined && Number.parseInt(told, 8) === block.reduce((sum, byte) => sum + byte, 0);
}

/** The old format has no magic; the published type leaves both options out. */
const OPTIONS: Parameters<typeof extract>[0] & Readonly<Record<string, unknown>> = {
  filenameEncoding: 'latin1',
  allowUnknownFormat: true,
};

/** Shows the files of a tar archive as its bytes come. */
export function tarIntake(archive: Archive, reading: Reading): Intake {
  const tar = extract(OPTIONS);
  const place: Place = { open: undefined, last: undefined };
  /** The last bytes that came: an archive ends with zeros. */
  let tail: Buffer = Buffer.alloc(0);
  let flaw: Error | undefined;
  let thrown: { readonly error: unknown } | undefined;
  let over = false;
  let wake = () => {};

  tar.on('drain', () => wake());
  tar.on('error', (error) => {
    flaw = error;
  });
  const shown = show(tar, archive, reading, place)
    .catch((error: unknown) => {
      if (error !== flaw) thrown = { error };
    })
    .finally(() => {
      over = true;
      wake();
    });

  /** Throws, once, what a reader threw. */
  function rethrow() {
    const what = thrown;
    thrown = undefined;
    if (what) throw what.error;
  }

  function tellEnd(complete: boolean) {
    const { open, last } = place;
    if (open) reading.cut(open.path, 'the archive ends inside this file');
    else if (complete && flaw)
      reading.cut(
        archive.path,
        `the tar header ${last ? `behind ${last.path}` : 'at its start'} is damaged; the rest is not read`,
      );
    else if (complete && tail.some((byte) => byte !== 0))
      reading.cut(archive.path, 'the archive ends without its end mark; files may be missing');
  }

  return {
    async chunk(bytes) {
      tail = Buffer.from(bytes.subarray(-TAR_BLOCK));
      if (!over && !tar.write(bytes))
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      rethrow();
    },
    async end(complete) {
      // What was taken in goes on to its sink in later turns, and a cut must not overtake it.
      await new Promise(setImmediate);
      tar.end(undefined);
      await shown;
      rethrow();
      tellEnd(complete);
    },
  };
}

/** How far an archive was read: the file that is open, and the last member that began. */
type Place = { open: Member | undefined; last: Member | undefined };

async function show(tar: Extract, archive: Archive, reading: Reading, place: Place): Promise<void> {
  for await (const source of tar) {
    // The published type leaves out the offset, and that a type or a size may be unknown.
    const header = source.header as unknown as MemberHeader;
    if (!Number.isSafeInteger(header.size)) {
      // It would wait for ever for content that it does not know the end of.
      tar.destroy(new Error('no valid size'));
      continue;
    }
    const member = toMember(header, archive.prefix);
    const { path, odd, refused } = member;
    if (isBehindEnd(member, place.last)) reading.note(path, BEHIND_END);
    place.last = member;
    if (member.isFolder) continue;
    if (odd) reading.note(path, odd);
    if (refused) reading.note(path, refused);
    const sink = refused ? undefined : reading.open(member, archive);
    place.open = member;
    try {
      for await (const bytes of source) sink?.chunk(bytes as Buffer);
      place.open = undefined;
    } finally {
      sink?.end(place.open === undefined);
    }
    await reading.pending();
  }
}

const BEHIND_END = 'it stands behind the end mark of the archive, where other programs do not look';

/** Only an end mark makes a gap before a member that has no header but its own. */
function isBehindEnd(member: Member, last: Member | undefined): boolean {
  return last !== undefined && member.isPlain && member.begins > last.ends + TAR_BLOCK;
}

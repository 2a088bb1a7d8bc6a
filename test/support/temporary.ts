import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives all tests of a run one temporary folder, and deletes it when they have ended. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'casefile-tests-'));
  // Some tests run as another user.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

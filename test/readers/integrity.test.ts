import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { clusterOfFiles } from '../support/cluster.ts';

const LOG = 'cart started\n';
const SUM = createHash('sha256').update(LOG).digest('hex');
const LEDGER = (sum: string, bytes = LOG.length) =>
  `id\tpath\targv\tstart\tms\texit\tbytes\tsha256\tcut\tredactions\tclass\n1\tlogs/shop/cart-0/cart.log\tkubectl logs\t2026-11-22T12:00:00Z\t5\t0\t${bytes}\t${sum}\t0\t0\tok\n`;
const ABOUT = 'layout=1\ntime=2026-11-22T12:00:00Z\n';
const SOUND = {
  'ledger.tsv': LEDGER(SUM),
  'about.txt': ABOUT,
  'logs/shop/cart-0/cart.log': LOG,
  COMPLETE: 'rows=1\n',
};

const problemsOf = (files: Readonly<Record<string, string>>) => clusterOfFiles(files).problems;

it('a bundle that is as it was collected has no problem', () => {
  expect(problemsOf(SOUND)).toEqual([]);
});

it('it does not matter whether the ledger comes first or last', () => {
  const { 'ledger.tsv': ledger, ...others } = SOUND;
  expect(problemsOf({ ...others, 'ledger.tsv': ledger })).toEqual([]);
});

it('a file that was changed is told by its checksum', () => {
  expect(problemsOf({ ...SOUND, 'logs/shop/cart-0/cart.log': 'cart stopped\n' })).toEqual([
    { file: 'logs/shop/cart-0/cart.log', message: expect.stringContaining('checksum differs') },
  ]);
});

it('a file of the ledger that is not there is told', () => {
  const { 'logs/shop/cart-0/cart.log': _, ...others } = SOUND;
  expect(problemsOf(others)).toEqual([
    { file: 'logs/shop/cart-0/cart.log', message: expect.stringContaining('not in the bundle') },
  ]);
});

it('a bundle without its last member ends early', () => {
  const { COMPLETE: _, ...others } = SOUND;
  expect(problemsOf(others)).toEqual([{ file: 'COMPLETE', message: expect.stringContaining('ends early') }]);
});

it('a layout of the future is told', () => {
  expect(problemsOf({ ...SOUND, 'about.txt': 'layout=2\n' })).toEqual([
    { file: 'about.txt', message: expect.stringContaining('layout 2') },
  ]);
});

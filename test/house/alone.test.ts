import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const tracked = execFileSync('git', ['ls-files'], { encoding: 'utf8' })
  .split('\n')
  .filter(
    (file) => /\.(?:ts|mjs|js|md|yaml|json|sh|hbs|css|awk)$/.test(file) && file !== 'package-lock.json',
  );

it('nothing in the project points outside of it', () => {
  const outside = new RegExp(
    ['\\.\\./sha' + 'red', '/work' + '/(?:main|wt|shared)', '/tmp' + '/rec'].join('|'),
  );
  expect(tracked.filter((file) => outside.test(readFileSync(file, 'utf8')))).toEqual([]);
});

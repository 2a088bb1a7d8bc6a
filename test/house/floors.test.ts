import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** From the top: a file imports only from floors below its own, or from its own folder. */
const FLOORS: readonly (readonly string[])[] = [
  ['cli.ts'],
  ['commands'],
  ['analyze.ts'],
  ['readers', 'engine', 'report', 'catalogue', 'redact'],
  ['bundle', 'classifier.ts'],
  ['version.ts', 'model'],
];

const SRC = path.resolve('src');

function floorOf(file: string): { name: string; level: number } {
  const name = path.relative(SRC, file).split(path.sep)[0] ?? '';
  return { name, level: FLOORS.findIndex((floor) => floor.includes(name)) };
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...found].map(([, target = '']) => path.resolve(path.dirname(file), target));
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.join(SRC, file));

describe('the floors of src', () => {
  it('name every file and folder', () => {
    const unknown = files.filter((file) => floorOf(file).level < 0);
    expect(unknown).toEqual([]);
  });

  it.each(files.map((file) => [path.relative(SRC, file), file]))(
    '%s imports nothing from above or beside',
    (_name, file) => {
      const own = floorOf(file);
      const wrong = importsOf(file).filter((target) => {
        // The classes in analyzers/ are knowledge: only the catalogue's generated list takes them in.
        if (!target.startsWith(SRC + path.sep)) return own.name !== 'catalogue';
        const other = floorOf(target);
        return other.name !== own.name && other.level <= own.level;
      });
      expect(wrong).toEqual([]);
    },
  );
});

describe('the classes', () => {
  const classes = readdirSync('analyzers', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  it.each(classes)('%s imports only the contract and the model', (file) => {
    const wrong = importsOf(path.resolve('analyzers', file)).filter(
      (target) =>
        !target.startsWith(path.join(SRC, 'model') + path.sep) && target !== path.join(SRC, 'classifier.ts'),
    );
    expect(wrong).toEqual([]);
  });
});

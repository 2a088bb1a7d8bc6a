import type { Report } from '../model/report.ts';

/** Fragment identifiers of findings by id: made from the fingerprint, so the same in the report of another bundle. */
export function findingAnchors(report: Report): ReadonlyMap<string, string> {
  const anchors = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id, fingerprint } of report.findings) {
    const wanted = `f-${slug(fingerprint)}`;
    let anchor = wanted;
    for (let n = 2; taken.has(anchor); n++) anchor = `${wanted}-${n}`;
    taken.add(anchor);
    anchors.set(id, anchor);
  }
  return anchors;
}

/** The fragment identifier of a class in the glossary. */
export function classAnchor(classifier: string): string {
  return `class-${slug(classifier)}`;
}

const SLUG = /^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/;

function slug(text: string): string {
  if (SLUG.test(text)) return text;
  return text.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'x';
}

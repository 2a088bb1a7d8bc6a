import { createMarker, type Marker } from './marks.ts';
import { redactJson, redactLines, redactUnparsed, redactValue, redactYaml } from './structure.ts';
import { createLineFilter, type LineFilter } from './text.ts';

/** Takes secrets out of whatever a bundle holds; one redactor gives equal secrets equal marks. */
export type Redactor = {
  /** A text of one or more lines; the number of its lines stays. */
  text(text: string): string;
  /** A parsed object or list. */
  value(value: unknown): unknown;
  /** A whole file: JSON and YAML by their structure, everything else line by line. */
  file(path: string, text: string): string;
  /** The lines of a text that is too long to be held. */
  lines(): LineFilter;
  readonly marker: Marker;
};

/** A redactor that has seen nothing yet. */
export function createRedactor(): Redactor {
  const marker = createMarker();
  return {
    marker,
    text: (text) => redactLines(text, marker),
    value: (value) => redactValue(value, marker),
    file(path, text) {
      if (/\.ya?ml$/i.test(path)) return redactYaml(text, marker) ?? redactUnparsed(text, marker);
      return redactJson(text, marker) ?? redactUnparsed(text, marker);
    },
    lines: () => createLineFilter(marker),
  };
}

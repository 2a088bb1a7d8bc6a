import type { Report } from '../model/report.ts';

/** What the caller decides of a rendering; everything else is in the report. */
export type RenderOptions = {
  /** Stands in the place of the bundle's name as the heading. */
  readonly title?: string;
  /** The ticket that the report belongs to. */
  readonly ticket?: string;
  /** The most bytes that the HTML may have; evidence is shortened to fit, findings never go. */
  readonly maxBytes?: number;
  /** Whether text is coloured for a terminal. */
  readonly color?: boolean;
  /** Columns of text. */
  readonly width?: number;
  /** An earlier report, to tell what is new and what is gone. */
  readonly before?: Report;
  /** Whether the HTML carries the findings as JSON for other programs. */
  readonly embed?: boolean;
};

import { number, type Shaped, section, text } from '../shape.ts';
import { metadata } from './metadata.ts';

const objectReference = section({
  kind: text,
  namespace: text,
  name: text,
  uid: text,
  fieldPath: text,
  apiVersion: text,
});
const eventSource = section({ component: text, host: text });
/** An Event as either API writes it: core/v1 has `involvedObject`, `message`, `count`; events.k8s.io has `regarding`, `note`, `series`, `deprecatedSource`. */
export const rawEvent = section({
  metadata,
  type: text,
  reason: text,
  message: text,
  note: text,
  involvedObject: objectReference,
  regarding: objectReference,
  source: eventSource,
  deprecatedSource: eventSource,
  reportingComponent: text,
  reportingController: text,
  firstTimestamp: text,
  lastTimestamp: text,
  deprecatedFirstTimestamp: text,
  deprecatedLastTimestamp: text,
  eventTime: text,
  count: number,
  deprecatedCount: number,
  series: section({ count: number, lastObservedTime: text }),
});
export type RawEvent = Shaped<typeof rawEvent>;

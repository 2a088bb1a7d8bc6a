import * as z from 'zod';
import { COVERAGE_STATUS } from './cluster.ts';
import { SEVERITIES } from './severities.ts';
import { STAGES } from './stages.ts';

/** Whether a failure was still going on when the bundle was made. */
const STATES = ['ongoing', 'recovered', 'old'] as const;

const ref = z.strictObject({ kind: z.string(), namespace: z.string().optional(), name: z.string() });

const evidence = z.strictObject({
  file: z.string(),
  line: z.int().positive().optional(),
  path: z.string().optional(),
  /** What stands there; several lines are joined by a line feed. */
  excerpt: z.string(),
  /** The part of the excerpt that decided. */
  match: z.string().optional(),
  /** The lines just before and after the excerpt, where the file is a text and they were kept. */
  before: z.array(z.string()).readonly().optional(),
  after: z.array(z.string()).readonly().optional(),
  /** How many further places say the same and are not shown. */
  more: z.int().positive().optional(),
  time: z.string().optional(),
});

const finding = z.strictObject({
  id: z.string(),
  /** The same for the same failure of the same object in another bundle: what links stay valid by. */
  fingerprint: z.string(),
  classifier: z.string(),
  severity: z.enum(SEVERITIES),
  stage: z.enum(STAGES),
  title: z.string(),
  subject: ref,
  container: z.string().optional(),
  affected: z.array(ref),
  culprit: ref.optional(),
  message: z.string(),
  cause: z.string(),
  /** Steps; the lines behind the first of a step are what differs between distributions. */
  fix: z.array(z.string()),
  evidence: z.array(evidence).min(1),
  first: z.string().optional(),
  last: z.string().optional(),
  state: z.enum(STATES),
});

/** What a class of failure says of itself, its placeholders as `<name>`: the glossary of the report. */
const describedClass = z.strictObject({
  classifier: z.string(),
  title: z.string(),
  stage: z.enum(STAGES),
  severity: z.enum(SEVERITIES),
  cause: z.string(),
  /** Steps; the lines behind the first of a step are what differs between distributions. */
  fix: z.array(z.string()),
  tellApart: z.string().optional(),
});

/** Lists to look things up in; a list is absent when its kind was not collected. All are capped and pre-sorted. */
const inventory = z.strictObject({
  /** Pods that are not ready or have restarted, worst first; `ready` as in `1/2`. */
  pods: z
    .array(
      z.strictObject({
        subject: ref,
        status: z.string(),
        ready: z.string(),
        restarts: z.int(),
        node: z.string().optional(),
        created: z.string().optional(),
      }),
    )
    .optional(),
  /** Claims that are not bound. */
  claims: z
    .array(z.strictObject({ subject: ref, status: z.string(), storageClass: z.string().optional() }))
    .optional(),
  /** Certificates on nodes, first to expire first. */
  certificates: z
    .array(z.strictObject({ node: z.string(), path: z.string(), subject: z.string(), notAfter: z.string() }))
    .optional(),
  /** Warning events by reason, most frequent first, with one message as an example. */
  events: z
    .array(
      z.strictObject({
        reason: z.string(),
        kind: z.string(),
        count: z.int(),
        last: z.string().optional(),
        message: z.string(),
      }),
    )
    .optional(),
});

/** Why one finding follows from another. */
const link = z.strictObject({ cause: z.string(), effect: z.string(), reason: z.string() });

const resourceAmounts = z.strictObject({
  cpu: z.number().optional(),
  memory: z.number().optional(),
  pods: z.number().optional(),
});

/** Report, version 1: the one thing that every output format is made from. */
export const reportSchema = z.strictObject({
  version: z.literal(1),
  tool: z.strictObject({ name: z.literal('casefile'), version: z.string() }),
  bundle: z.strictObject({
    name: z.string(),
    layout: z.string(),
    collectedAt: z.string().optional(),
    bytes: z.number(),
    files: z.number(),
  }),
  cluster: z.strictObject({
    version: z.string().optional(),
    distribution: z.string().optional(),
    /** Absent when that kind was not collected. */
    nodes: z.number().optional(),
    pods: z.number().optional(),
    namespaces: z.number().optional(),
  }),
  verdict: z.string(),
  findings: z.array(finding),
  /** Every class that a finding names, in the order of their ids. */
  classes: z.array(describedClass),
  /** Worst first; every finding is in exactly one. */
  incidents: z.array(
    z.strictObject({
      cause: z.string(),
      effects: z.array(z.string()),
      /** The chain: why each effect follows from another finding of the incident. */
      links: z.array(link),
      /** Where the cause itself waits for one of its effects, so that they wait for each other: that last link. */
      circle: link.optional(),
      state: z.enum(STATES),
      /** What was changed of its objects and their nodes shortly before it was first seen, oldest first, capped. */
      changes: z
        .array(
          z.strictObject({
            time: z.string(),
            /** From the change to the first time that the incident was seen. */
            secondsBefore: z.int(),
            subject: ref,
            what: z.string(),
            evidence,
          }),
        )
        .optional(),
    }),
  ),
  unexplained: z.array(
    z.strictObject({ subject: ref, state: z.string(), evidence: z.array(evidence).min(1) }),
  ),
  skipped: z.array(z.strictObject({ classifier: z.string(), missing: z.array(z.string()) })),
  /** How many classes of a stage were judged, and how many of those found nothing. */
  checked: z.array(z.strictObject({ stage: z.enum(STAGES), classes: z.int(), clear: z.int() })),
  coverage: z.array(
    z.strictObject({
      what: z.string(),
      status: z.enum(COVERAGE_STATUS),
      detail: z.string().optional(),
      /** The command that asked, where it is known. */
      command: z.string().optional(),
    }),
  ),
  problems: z.array(z.strictObject({ file: z.string(), message: z.string() })),
  /** Files that nothing reads, counted by what they seem to be. */
  unread: z.array(z.strictObject({ what: z.string(), files: z.int() })),
  /** Whether secrets were looked for and replaced; absent where that is not known. */
  redacted: z.boolean().optional(),
  /** Secrets that were replaced, counted by kind. */
  redactions: z.array(z.strictObject({ kind: z.string(), count: z.int() })),
  nodes: z.array(
    z.strictObject({
      name: z.string(),
      ready: z.enum(['yes', 'no', 'unknown']),
      pressure: z.array(z.string()),
      roles: z.array(z.string()),
      version: z.string().optional(),
      /** CPU in cores, memory in bytes. */
      allocatable: resourceAmounts,
      requests: resourceAmounts,
      limits: resourceAmounts,
      usage: resourceAmounts.optional(),
    }),
  ),
  namespaces: z.array(
    z.strictObject({
      name: z.string(),
      /** Pods by the state that `kubectl get pods` shows. */
      pods: z.record(z.string(), z.int()),
      restarts: z.int(),
      requests: resourceAmounts,
      limits: resourceAmounts,
      usage: resourceAmounts.optional(),
    }),
  ),
  inventory,
  /** What happened when, oldest first, capped. */
  timeline: z.array(
    z.strictObject({
      time: z.string(),
      lane: z.enum(['node', 'workload', 'cluster']),
      subject: ref,
      what: z.string(),
      kind: z.enum([
        'restart',
        'kill',
        'probe',
        'rollout',
        'condition',
        'schedule',
        'pull',
        'change',
        'other',
      ]),
      count: z.int().optional(),
      /** The finding that it belongs to. */
      finding: z.string().optional(),
    }),
  ),
});

export type Report = z.infer<typeof reportSchema>;
export type Finding = Report['findings'][number];
export type Incident = Report['incidents'][number];

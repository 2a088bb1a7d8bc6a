import { expect, it } from 'vitest';
import { breakCircles } from '../../src/engine/circles.ts';
import type { Folded } from '../../src/engine/fold.ts';

/** Only the owner of a finding is looked at. */
const finding = (owner: string) => ({ owner }) as Folded;

it('the worst finding of a circle becomes its cause, and the tie that it loses is told', () => {
  const [webhook, service, client] = [finding('Deployment'), finding('Service'), finding('client')];
  const causes = new Map([
    [webhook, { cause: service, reason: 'points at the Service' }],
    [client, { cause: service, reason: 'points at the Service too' }],
  ]);
  const closing = new Map([[service, { cause: webhook, reason: 'selects its pods' }]]);
  const circles = breakCircles([webhook, client, service], causes, closing);
  expect([...circles]).toEqual([[webhook, { cause: service, reason: 'points at the Service' }]]);
  expect([...causes.keys()]).toEqual([client, service]);
  expect(causes.get(service)).toEqual({ cause: webhook, reason: 'selects its pods' });
});

it('findings about one object that explain each other are no circle', () => {
  const [crash, probe] = [finding('Deployment'), finding('Deployment')];
  const causes = new Map([[crash, { cause: probe, reason: 'same container' }]]);
  const closing = new Map([[probe, { cause: crash, reason: 'same container' }]]);
  expect([...breakCircles([crash, probe], causes, closing)]).toEqual([]);
  expect([...causes.keys()]).toEqual([crash]);
});

it('a circle is none where a finding of it follows from another one outside', () => {
  const [webhook, service, node] = [finding('Deployment'), finding('Service'), finding('Node')];
  const causes = new Map([
    [webhook, { cause: service, reason: 'points at the Service' }],
    [service, { cause: node, reason: 'on the node' }],
  ]);
  const closing = new Map([[service, { cause: webhook, reason: 'selects its pods' }]]);
  expect([...breakCircles([node, webhook, service], causes, closing)]).toEqual([]);
});

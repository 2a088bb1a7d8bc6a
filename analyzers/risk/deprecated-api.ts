import { defineClassifier } from '../../src/classifier.ts';
import { recentlyLogged } from '../../src/model/logged.ts';
import { minorOf } from '../../src/model/version.ts';

/** As client-go passes the API server's warning on: `policy/v1beta1 PodDisruptionBudget is deprecated in v1.21+, unavailable in v1.25+`. */
const WARNING = ' is deprecated in v1\\.\\d{1,3}\\+, unavailable in v1\\.\\d{1,3}\\+';
const API =
  /([a-z][a-z0-9.]{0,80}\/v[a-z0-9]{1,12} [A-Za-z]{1,80}) is deprecated in v[\d.]{1,8}\+, unavailable in v(1\.\d{1,3})/;
const DAY = 86_400_000;

export default defineClassifier({
  title: 'Program still asks for an API that later versions do not have',
  stage: 'practice',
  severity: 'low',
  cause:
    '{{workload}} uses {{culprit}}, which Kubernetes has no more from v{{gone}} on. It works until the cluster is upgraded that far; then its requests fail.',
  fix: [
    'Look at the version of the program and at what asks: `kubectl -n {{namespace}} get {{workload}} -o yaml | grep image:`.',
    'Bring a release of it that knows the newer API into your registry before the cluster reaches v{{gone}}; manifests of your own: change their `apiVersion`.',
  ],
  tellApart:
    'An API that is gone already fails with `no matches for kind`: admission/api-kind-missing. The API server converts what it stores, so objects do not show what version was asked for.',
  needs: ['logs'],
  lines: [WARNING],
  *detect({ joins, time, cluster }) {
    const now = minorOf(cluster.version);
    for (const { subject, container, evidence } of recentlyLogged(joins, 'risk/deprecated-api', time, DAY)) {
      const told = new Set<string>();
      for (const one of evidence) {
        const [, api = '', gone = ''] = API.exec(one.excerpt) ?? [];
        const last = minorOf(gone);
        // What is gone already cannot have been asked for with success: the line is older than the cluster's version.
        if (api === '' || told.has(api) || (now !== undefined && last !== undefined && last <= now)) continue;
        told.add(api);
        yield {
          subject,
          container,
          culprit: { kind: 'API', name: api },
          message: `asks for ${api}, which is gone from v${gone} on`,
          values: { gone },
          evidence: [one],
        };
      }
    }
  },
  examples: {
    hit: [
      {
        about: 'an autoscaler of nodes asks for a policy version that v1.25 does not have',
        files: {
          'logs/kube-system/autoscaler-0/autoscaler.log':
            '2026-11-22T11:52:11.305340Z W1122 11:52:11.305340       1 warnings.go:70] policy/v1beta1 PodDisruptionBudget is deprecated in v1.21+, unavailable in v1.25+; use policy/v1 PodDisruptionBudget\n',
        },
      },
    ],
    miss: [
      {
        about: 'the warning names no version without it, or is of last week',
        files: {
          'logs/kube-system/autoscaler-0/autoscaler.log':
            '2026-11-15T11:52:11.305340Z W1115 11:52:11.305340       1 warnings.go:70] policy/v1beta1 PodDisruptionBudget is deprecated in v1.21+, unavailable in v1.25+; use policy/v1 PodDisruptionBudget\n',
          'logs/kube-system/dashboard-0/dashboard.log':
            '2026-11-22T11:52:11.305340Z W1122 11:52:11.305340       1 warnings.go:70] v1 ComponentStatus is deprecated in v1.19+\n',
        },
      },
      {
        about: 'the cluster is past that version',
        files: {
          'about.txt': 'layout=1\ntime=2026-11-22T12:00:00Z\nserver=v1.34.2\n',
          'logs/kube-system/autoscaler-0/autoscaler.log':
            '2026-11-22T11:52:11.305340Z policy/v1beta1 PodDisruptionBudget is deprecated in v1.21+, unavailable in v1.25+; use policy/v1 PodDisruptionBudget\n',
        },
      },
    ],
  },
});

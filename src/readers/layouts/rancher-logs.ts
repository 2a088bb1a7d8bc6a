import type { Layout, Rule } from './layout.ts';

/** The folder is named after the host and the time. */
const HOST = '{node}-20*_*_*';
const PRODUCT = '(rke2|k3s|kubeadm|rke)';

/** A rule for the named host's folder, and the same without it. */
function onNode(rule: Rule): readonly Rule[] {
  return [{ ...rule, path: `${HOST}/${rule.path}` }, rule];
}

/** rancher2_logs_collector: one node, all text but the list of nodes; a pod's logs are named after namespace and pod. */
export const rancherLogs: Layout = {
  name: 'rancher-logs-collector',
  markers: [`${PRODUCT}/(kubectl|podlogs|crictl)/**`, 'collector-output.log'],
  rules: [
    { path: `${PRODUCT}/kubectl/nodes.json`, reader: 'objects', whole: true },
    { path: `${PRODUCT}/kubectl/cluster-info_dump`, reader: 'dump' },
    { path: `${PRODUCT}/kubectl/nodesdescribe`, reader: 'describe' },
    { path: `${PRODUCT}/kubectl/poddescribe/{namespace}`, reader: 'describe' },
    { path: `${PRODUCT}/kubectl/rancher-prov/*`, reader: 'objects' },
    {
      path: `${PRODUCT}/kubectl/(cilium*|api-resources|version|cattle-controller-cfgmap)`,
      reader: 'nothing',
      what: "the tool's own records",
    },
    { path: `${PRODUCT}/kubectl/{resource}`, reader: 'table', whole: true },
    { path: `${PRODUCT}/podlogs/{namespace}_{pod}_*/{container}/*.log`, reader: 'container log' },
    { path: `${PRODUCT}/podlogs/{pod}-previous`, reader: 'container log', previous: true },
    { path: `${PRODUCT}/podlogs/{pod}`, reader: 'container log' },
    ...onNode({ path: 'journald/{unit}', reader: 'node log' }),
    ...onNode({ path: `${PRODUCT}/(agent|server)-logs/{unit}.log`, reader: 'node log' }),
    ...onNode({ path: `${PRODUCT}/containerd.log`, reader: 'node log', unit: 'containerd' }),
    ...onNode({ path: 'systeminfo/dmesg', reader: 'node log', unit: 'kernel' }),
    { path: 'kubeadm/metrics_(nodes|pod|containers)', reader: 'top' },
    {
      path: `(systeminfo|networking|systemlogs|etcd|${PRODUCT}/(crictl|certs|directories|pod-manifests))/**`,
      reader: 'nothing',
      what: 'facts about hosts',
    },
    {
      path: `(collector-output.log|summary.txt|versions|${PRODUCT}/config.yaml)`,
      reader: 'nothing',
      what: "the tool's own records",
    },
  ],
};

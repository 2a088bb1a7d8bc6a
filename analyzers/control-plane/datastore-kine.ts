import { defineClassifier } from '../../src/classifier.ts';
import { controlPlaneLines } from '../../src/model/logged.ts';

/** k3s and RKE2 may keep their state in SQLite, MySQL or PostgreSQL through kine. */
export default defineClassifier({
  title: 'Datastore of the control plane fails',
  stage: 'control plane',
  severity: 'high',
  cause:
    'The control plane keeps its state in a database through kine, and that database does not answer, is locked or is too slow.',
  fix: [
    'Look at the database itself: does it run, is its disk full, are its connections used up? On the server `journalctl -u k3s --since -1h | grep -iE "kine|slow sql|database"`.',
    'Mend the database, then `systemctl restart k3s`. For SQLite move `/var/lib/rancher/k3s/server/db` to a fast disk, or change to embedded etcd with `--cluster-init`.',
  ],
  tellApart: 'Clusters with embedded etcd have the control-plane/etcd classes instead.',
  needs: ['logs'],
  lines: [
    'Slow SQL|kine[^\\n]{0,120}(?:level=fatal|level=error|database is locked)',
    '(?:[Ff]ailed to (?:connect|dial) (?:to )?(?:database|datastore))|building kine: |database is locked',
  ],
  *detect({ joins, time }) {
    yield* controlPlaneLines(joins, 'control-plane/datastore-kine', time, 3);
  },
  examples: {
    hit: [
      {
        about: 'SQLite is locked again and again',
        files: {
          'nodes/server1/journal-k3s.log':
            'Nov 22 11:58:12 server1 k3s[820]: time="2026-11-22T11:58:12Z" level=error msg="error while range on /registry/leases: database is locked"\n'.repeat(
              3,
            ),
        },
      },
    ],
    miss: [
      {
        about: 'one slow statement',
        files: {
          'nodes/server1/journal-k3s.log':
            'Nov 22 11:58:12 server1 k3s[820]: time="2026-11-22T11:58:12Z" level=info msg="Slow SQL (started: 11:58:10) (total time: 1.2s)"\n',
        },
      },
    ],
  },
});

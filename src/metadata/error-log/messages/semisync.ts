import type { MessageDefinition } from './define-messages.ts';

/** Semi-synchronous replication, both sides. */
export const semisyncMessages = [
  {
    kind: 'semisync-switched-off',
    actor: 'source',
    texts: [
      'Semi-sync replication switched OFF',
      'Semi-sync replication disabled on the master',
      'SEMISYNC: Forced shutdown',
    ],
    codes: [11144, 11145, 11155],
    source:
      'MySQL plugin/semisync/semisync_source.cc switch_off, disableMaster; MariaDB sql/semisync_master.cc',
  },
  {
    kind: 'semisync-switched-on',
    actor: 'source',
    texts: [
      'Semi-sync replication switched ON[ with slave (server_id: {serverId})] at ({ownLog:bare}, {ownPosition})',
      'Semi-sync replication <enabled on the master|initialized for transactions>',
      'Enable Semi-sync Master after reset master',
    ],
    codes: [11130, 11142, 11156],
    source:
      'MySQL plugin/semisync/semisync_source.cc try_switch_on, enableMaster; MariaDB sql/semisync_master.cc',
  },
  {
    kind: 'semisync-timeout',
    actor: 'source',
    texts: [
      'Timeout waiting for reply of binlog (file: {ownLog:bare}, pos: {ownPosition}), semi-sync up to file',
    ],
    codes: [11153],
    source:
      'MySQL plugin/semisync/semisync_source.cc commitTrx; MariaDB sql/semisync_master.cc commit_trx',
  },
  {
    kind: 'semisync-dump',
    actor: 'source',
    texts: [
      '<Start|Stop> <semi-sync|asynchronous> binlog_dump to slave (server_id: {serverId})[, pos({ownLog:bare}, {ownPosition})]',
    ],
    codes: [11170, 11171],
    source:
      'MySQL plugin/semisync/semisync_source_plugin.cc repl_semi_binlog_dump_start; MariaDB sql/semisync_master.cc dump_start',
  },
  {
    kind: 'semisync-fallback',
    actor: 'receiver',
    texts: [
      'Master server does not <support semi-sync|read semi-sync messages>',
      'Slave has semi-sync enabled but master server does not',
      "Set 'rpl_semi_sync_<slave|replica>=1' on master failed",
    ],
    codes: [11184, 11185],
    source:
      'MySQL plugin/semisync/semisync_replica_plugin.cc; MariaDB sql/semisync_slave.cc request_transmit',
  },
  {
    kind: 'semisync-failed',
    actor: 'source',
    texts: [
      'Semi-sync <master failed on net_flush()|slave net_flush() reply failed|slave send reply failed>',
      'Semi-sync failed to insert tranx_node',
      'Read semi-sync reply <magic number error|length error|binlog file length too large>',
      'Missing magic number for semi-sync packet',
      'Cannot allocate memory to enable semi-sync',
      'Failed to <register slave to|start|stop|wait on> semi-sync ',
    ],
    codes: [
      11137, 11138, 11139, 11143, 11157, 11159, 11161, 11165, 11167, 11169, 11178, 11181, 11182,
      11186,
    ],
    source: 'MySQL plugin/semisync, MariaDB sql/semisync_master.cc, sql/semisync_slave.cc',
  },
] as const satisfies readonly MessageDefinition[];

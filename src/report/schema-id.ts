/** What every report names as its `$schema`: the export path of this package's schema. */
export const SCHEMA_ID = 'repl-forensics/report.schema.json';

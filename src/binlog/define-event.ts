import type { FieldReader } from '../bytes/field-reader.ts';
import type { Flavor } from '../dialects/server-version.ts';

/** What a body needs to know beyond its own bytes: it comes from the log's current FDE and the header. */
export interface BodyContext {
  readonly typeCode: number;
  /** `post_header_len` of this event type as the current FDE announces it; 0 when it does not. */
  readonly postHeaderLength: number;
  /** Writer of the current FDE, null before the first one. */
  readonly flavor: Flavor | null;
  /** From the event header: some bodies take a part of their identity from there. */
  readonly serverId: number;
}

/**
 * One event type: its codes and how its body is read. `read` gets the body without header and
 * without checksum; what it returns is the event's typed fields.
 */
export interface EventDefinition<Name extends string = string, Body extends object = object> {
  readonly name: Name;
  readonly codes: readonly number[];
  /** The server file and class that define the layout. */
  readonly source: string;
  read(fields: FieldReader, context: BodyContext): Body;
}

export const defineEvent = <const Name extends string, Body extends object>(
  definition: EventDefinition<Name, Body>,
): EventDefinition<Name, Body> => definition;

/** The decoded event of a definition: its name and its fields. */
export type EventOf<D> =
  D extends EventDefinition<infer Name, infer Body>
    ? { readonly type: Name } & Readonly<Body>
    : never;

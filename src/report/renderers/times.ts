const UTC = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/;

/** `2026-11-20` and `10:24:14` of an ISO time of the report; null when it is none. */
export const dayAndClock = (
  time: string,
): { readonly day: string; readonly clock: string } | null => {
  const [, day, clock] = UTC.exec(time) ?? [];
  return day === undefined || clock === undefined ? null : { day, clock };
};

/** As servers write it that tell no zone. */
const LOCAL = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?$/;

/** `2026-11-20 10:24:14 UTC`; of a time without a zone `2026-11-20 10:24:14 by its server’s clock`. */
export const moment = (time: string): string => {
  const parts = dayAndClock(time);
  if (parts !== null) return `${parts.day} ${parts.clock} UTC`;
  const [, day, clock] = LOCAL.exec(time) ?? [];
  return day === undefined || clock === undefined ? time : `${day} ${clock} by its server’s clock`;
};

/** `10:24:18`, when `reference` is of the same day and clock; else the whole {@link moment}. */
export const momentAfter = (time: string, reference: string): string => {
  for (const form of [UTC, LOCAL]) {
    const [, day, clock] = form.exec(time) ?? [];
    if (clock !== undefined && day === form.exec(reference)?.[1]) return clock;
  }
  return moment(time);
};

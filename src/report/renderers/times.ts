const UTC = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/;

/** `2026-11-20` and `10:24:14` of an ISO time of the report; null when it is none. */
export const dayAndClock = (
  time: string,
): { readonly day: string; readonly clock: string } | null => {
  const [, day, clock] = UTC.exec(time) ?? [];
  return day === undefined || clock === undefined ? null : { day, clock };
};

/** `2026-11-20 10:24:14 UTC`. */
export const moment = (time: string): string => {
  const parts = dayAndClock(time);
  return parts === null ? time : `${parts.day} ${parts.clock} UTC`;
};

/** `10:24:18`, when `reference` is of the same day; else the whole {@link moment}. */
export const momentAfter = (time: string, reference: string): string => {
  const parts = dayAndClock(time);
  return parts !== null && parts.day === dayAndClock(reference)?.day ? parts.clock : moment(time);
};

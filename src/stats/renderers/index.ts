import { json } from './json.ts';
import type { StatsRenderer } from './renderer.ts';
import { text } from './text.ts';

export type { StatsRenderer, StatsRenderOptions } from './renderer.ts';

/** Every format that stats come in: one line a format. */
export const statsRenderers = { text, json } as const satisfies Record<string, StatsRenderer>;

export type StatsFormat = keyof typeof statsRenderers;

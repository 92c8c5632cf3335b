import { json } from './json.ts';
import { markdown } from './markdown.ts';
import type { Renderer } from './renderer.ts';
import { text } from './text.ts';

export type { ColorLevel, Renderer, RenderOptions } from './renderer.ts';

/** Every format a report comes in: one line a format. */
export const renderers = { text, json, markdown } as const satisfies Record<string, Renderer>;

export type Format = keyof typeof renderers;

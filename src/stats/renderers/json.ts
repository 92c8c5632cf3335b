import { visibleJson } from '../../report/renderers/visible.ts';
import type { StatsRenderer } from './renderer.ts';

/** All of it, indented by two, with every character a terminal would obey escaped. */
export const json: StatsRenderer = (stats) => `${visibleJson(JSON.stringify(stats, null, 2))}\n`;

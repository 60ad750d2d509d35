import type { Product } from '../product.ts';
import type { Target } from '../ssh/target.ts';

/** What both builds have before them. */
export interface ScenarioContext {
  readonly product: Product;
  /** The build's entry for the target. */
  readonly entryId: number;
  readonly target: Target;
}

/** Something that each build does by turns, so that whatever else the machine does hits both alike. */
export interface Scenario {
  readonly name: string;
  /** Of a sample; less is better. */
  readonly unit: 'CPU µs' | 'ms';
  readonly samples: number;
  /** Makes ready what is measured; the result takes one sample. */
  readonly prepare: (surroundings: ScenarioContext) => Promise<() => Promise<number>>;
}

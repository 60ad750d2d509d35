import type { Product } from '../product.ts';
import type { Target } from '../ssh/target.ts';

/** The environment of both builds. */
export interface ScenarioContext {
  readonly product: Product;
  /** The build's entry for the target. */
  readonly entryId: number;
  readonly target: Target;
}

/** A measurement that both builds take in turns, so that other load on the machine affects both alike. */
export interface Scenario {
  readonly name: string;
  /** The unit of a sample; less is better. */
  readonly unit: 'CPU µs' | 'ms';
  readonly samples: number;
  /** Prepares the measurement; the result takes one sample. */
  readonly prepare: (surroundings: ScenarioContext) => Promise<() => Promise<number>>;
}

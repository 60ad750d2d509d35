/** The steps of a first run, in their order. */
export const stepNames = ['account', 'kit', 'identity', 'server'] as const;
export type StepName = (typeof stepNames)[number];

interface FirstRunState {
  readonly signedIn: boolean;
  readonly isAdmin: boolean;
  readonly kitConfirmed: boolean;
}

/** The steps that this person has. */
export function stepsOf({ signedIn, isAdmin }: Pick<FirstRunState, 'signedIn' | 'isAdmin'>): readonly StepName[] {
  return signedIn && !isAdmin ? stepNames.filter((name) => name !== 'kit') : stepNames;
}

/** The step to show: the requested one if the person has reached it, else the first that is not done. */
export function stepToShow(wanted: StepName | undefined, { signedIn, isAdmin, kitConfirmed }: FirstRunState): StepName {
  if (!signedIn) return 'account';
  const waiting = isAdmin && !kitConfirmed ? 'kit' : 'identity';
  if (wanted === undefined || wanted === 'account' || !stepsOf({ signedIn, isAdmin }).includes(wanted)) return waiting;
  return wanted;
}

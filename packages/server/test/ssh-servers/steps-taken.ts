interface LoggedStep {
  step: string;
  status: string;
  detailCode?: string;
}

/**
 * The steps of a connection log in short, such as `auth ok`. Notices that a server is slow to answer are left out: PAM
 * waits a random time after a refused password, and a busy machine is slow at any step.
 */
export function stepsTaken(steps: unknown): string[] {
  return (steps as readonly LoggedStep[])
    .filter(({ detailCode }) => detailCode !== 'auth_waiting')
    .map(({ step, status }) => `${step} ${status}`);
}

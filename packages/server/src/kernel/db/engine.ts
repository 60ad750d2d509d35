/** The two databases that Gatehouse runs on. */
export type Engine = 'sqlite' | 'postgres';

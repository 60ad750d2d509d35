import classes from './consequences.module.css';

/** What follows from an act, a sentence each. */
export function Consequences({ items }: { readonly items: readonly string[] }) {
  return (
    <ul className={classes['root']}>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}

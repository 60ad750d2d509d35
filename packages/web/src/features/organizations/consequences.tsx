import classes from './consequences.module.css';

/** The consequences of an action, one sentence each. */
export function Consequences({ items }: { readonly items: readonly string[] }) {
  return (
    <ul className={classes['root']}>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}

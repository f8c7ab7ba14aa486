/** The one function of react-dom that the page calls; its own typings are not a dependency of this project. */
declare module 'react-dom/client' {
  import type { ReactNode } from 'react';

  export function createRoot(container: Element): { render(children: ReactNode): void };
}

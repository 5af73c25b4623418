import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { appOf, homeOf, useMay, useOrganisation } from '@/api';
import { modules_with_pages } from './pages';

interface RecordLinkProps {
  module: string;
  id: string;
  className?: string;
  title?: string;
  children: ReactNode;
}

/** The name of a record: a link to its page for those whose role may read that, the mere name for the others. */
export function RecordLink({ module, id, className, title, children }: RecordLinkProps) {
  const org = useOrganisation();
  const may_read = useMay('read', module);
  if (!may_read || !modules_with_pages[appOf(org)].includes(module)) return <span className={className} title={title}>{children}</span>;
  return <Link className={className} to={`${homeOf(org)}/${module}/${id}`} title={title}>{children}</Link>;
}

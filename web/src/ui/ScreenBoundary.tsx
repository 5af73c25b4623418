import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Component } from 'react';
import type { ReactNode } from 'react';
import { useLocation } from 'react-router';
import { useText } from '@/i18n';
import classes from './States.module.css';

/** Keeps a fault in one screen to that screen: what stands around it goes on, and going elsewhere leaves the fault behind. */
export function ScreenBoundary({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  const cache = useQueryClient();
  // What the screen had read may be what broke it, so it is read again.
  const handleForget = () => cache.removeQueries({ type: 'inactive' });
  return <Boundary at={pathname} onForget={handleForget}>{children}</Boundary>;
}

interface BoundaryProps {
  at: string;
  onForget: () => void;
  children: ReactNode;
}

class Boundary extends Component<BoundaryProps, { fault: unknown }> {
  override state: { fault: unknown } = { fault: null };

  static getDerivedStateFromError(fault: unknown) {
    return { fault };
  }

  override componentDidUpdate(before: BoundaryProps) {
    if (before.at !== this.props.at && this.state.fault !== null) this.begin();
  }

  handleRetry = () => {
    // The browser keeps the answer that a part of the program did not come; only a new page asks again.
    if (isMissingPart(this.state.fault)) window.location.reload();
    else this.begin();
  };

  begin() {
    this.props.onForget();
    this.setState({ fault: null });
  }

  override render() {
    if (this.state.fault === null) return this.props.children;
    return <CrashedScreen onRetry={this.handleRetry} />;
  }
}

function CrashedScreen({ onRetry }: { onRetry: () => void }) {
  const { t } = useText();
  return (
    <div className={classes.state} role="alert">
      <div className={classes.icon} data-tone="bad" aria-hidden="true"><IconAlertTriangle size={22} /></div>
      <h1 className={classes.title}>{t('ui.crash.title')}</h1>
      <p className={classes.words}>{t('ui.crash.words')}</p>
      <div className={classes.action}>
        <Button variant="default" onClick={onRetry}>{t('ui.error.retry')}</Button>
      </div>
    </div>
  );
}

function isMissingPart(fault: unknown): boolean {
  return fault instanceof Error && /dynamically imported module|Importing a module script failed/.test(fault.message);
}

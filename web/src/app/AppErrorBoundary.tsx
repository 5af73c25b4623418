import { Button, Center, Stack, Text, Title } from '@mantine/core';
import i18next from 'i18next';
import { Component } from 'react';
import type { ReactNode } from 'react';

/** Our own mistakes end here: the person keeps a way out, and what the server has is safe. */
export class AppErrorBoundary extends Component<{ children: ReactNode }, { has_failed: boolean }> {
  override state = { has_failed: false };

  static getDerivedStateFromError() {
    return { has_failed: true };
  }

  override render() {
    if (!this.state.has_failed) return this.props.children;
    return (
      <Center h="100%">
        <Stack align="center" maw={420} p="lg" role="alert">
          <Title order={1}>{i18next.t('app.crash_title')}</Title>
          <Text ta="center" c="dimmed">{i18next.t('app.crash_body')}</Text>
          <Button onClick={() => window.location.reload()}>{i18next.t('app.reload')}</Button>
        </Stack>
      </Center>
    );
  }
}

package io.maintenanceagent.intercept;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Treats its listeners as containers do, and as badly as they may: one that comes after the completion is taken and
 * never told. Safe for any thread.
 */
final class FakeAsyncContext implements AsyncContext {

    private final ServletRequest request;
    private List<AsyncListener> listeners = new ArrayList<>();
    private boolean completed;

    FakeAsyncContext() {
        this(null);
    }

    FakeAsyncContext(ServletRequest request) {
        this.request = request;
    }

    /** As after a dispatch: the listeners are forgotten, and told so. */
    synchronized void startAgain() throws IOException {
        List<AsyncListener> before = listeners;
        listeners = new ArrayList<>();
        completed = false;
        for (AsyncListener listener : before) {
            listener.onStartAsync(new AsyncEvent(this));
        }
    }

    synchronized boolean isCompleted() {
        return completed;
    }

    @Override
    public void complete() {
        List<AsyncListener> told;
        synchronized (this) {
            completed = true;
            told = listeners;
            listeners = new ArrayList<>();
        }
        for (AsyncListener listener : told) {
            try {
                listener.onTimeout(new AsyncEvent(this));
                listener.onComplete(new AsyncEvent(this));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public synchronized void addListener(AsyncListener listener) {
        if (!completed) {
            listeners.add(listener);
        }
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        addListener(listener);
    }

    @Override
    public ServletRequest getRequest() {
        return request;
    }

    @Override
    public ServletResponse getResponse() {
        return null;
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return true;
    }

    @Override
    public void dispatch() {}

    @Override
    public void dispatch(String path) {}

    @Override
    public void dispatch(ServletContext context, String path) {}

    @Override
    public void start(Runnable run) {}

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) {
        return null;
    }

    @Override
    public void setTimeout(long timeout) {}

    @Override
    public long getTimeout() {
        return 0;
    }
}

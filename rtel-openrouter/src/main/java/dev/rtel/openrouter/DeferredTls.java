package dev.rtel.openrouter;

import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * The JVM's default TLS, set up at the first https connection: reading the trust store and finding the ciphers takes
 * longer than a whole call to a server on this machine. Thread-safe.
 */
final class DeferredTls extends SSLContext {
    DeferredTls() {
        super(new Default(), null, "Default");
    }

    /** What the client would otherwise ask the context for when it is made; an administrator's own choice is kept. */
    static SSLParameters parameters() {
        return System.getProperty("jdk.tls.client.protocols") == null
                ? new SSLParameters(null, new String[] {"TLSv1.3", "TLSv1.2"})
                : Default.context().getDefaultSSLParameters();
    }

    private static final class Default extends SSLContextSpi {
        /** The JVM itself makes it once and keeps it. */
        static SSLContext context() {
            try {
                return SSLContext.getDefault();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(
                        "this Java has no default TLS: " + e.getMessage() + "; check javax.net.ssl.trustStore", e);
            }
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("the default TLS context is set up by the JVM");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return context().getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return context().getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return context().createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return context().createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context().getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return context().getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return context().getSupportedSSLParameters();
        }
    }
}

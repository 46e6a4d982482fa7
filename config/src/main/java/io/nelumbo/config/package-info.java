/**
 * Configuration as records: read from TOML and the environment, with every mistake reported at
 * once. Addresses and peer ids, which configuration is made of, live here too. The only user of the
 * TOML library.
 */
@NullMarked
package io.nelumbo.config;

import org.jspecify.annotations.NullMarked;

/**
 * Configuration as records: read from TOML and the environment, with every mistake reported at
 * once. The only user of the TOML library.
 */
@NullMarked
package io.nelumbo.config;

import org.jspecify.annotations.NullMarked;

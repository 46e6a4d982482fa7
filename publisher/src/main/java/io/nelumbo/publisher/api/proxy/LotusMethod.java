package io.nelumbo.publisher.api.proxy;

import io.nelumbo.publisher.api.Permission;

/**
 * A method of Lotus's, or one that nobody here has heard of.
 *
 * @param name without prefix, as errors name it
 * @param permission what a client needs to have for it
 */
record LotusMethod(String name, Permission permission, Way way) {

    /**
     * Whether it may be asked twice: reading changes nothing, unless the table says otherwise. Of
     * anything else nobody knows whether an upstream that did not answer has done it.
     */
    boolean isRepeatable() {
        return permission == Permission.READ && way != Way.ONCE;
    }
}

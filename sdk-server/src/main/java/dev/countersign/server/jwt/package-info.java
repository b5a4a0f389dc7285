/** Proofs that are an HS256 JSON Web Token: signed claims about a user and a group. */
@NullMarked
package dev.countersign.server.jwt;

import org.jspecify.annotations.NullMarked;

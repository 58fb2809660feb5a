package dev.rtel.simulator;

/** The form of an error object. */
public enum ErrorShape {
    /** Code, message and {@code metadata.error_type}. */
    STANDARD,
    /** Code and message only. */
    NO_METADATA,
    /** Also {@code error_type}, {@code http_status}, {@code availability} and {@code metadata.previous_errors}. */
    AVAILABILITY,
    /** The same without {@code code}, as in the documented samples. */
    AVAILABILITY_WITHOUT_CODE,
    /** {@code Provider returned error}, with the provider's own JSON as a text in {@code metadata.raw}. */
    RAW_TEXT,
    /** The same with the provider's JSON as an object. */
    RAW_OBJECT,
    /** The code is a string. */
    STRING_CODE,
    /** The code is null. */
    NULL_CODE,
    /** With the reasons of a moderation in the metadata, as they come with status 403. */
    MODERATION
}

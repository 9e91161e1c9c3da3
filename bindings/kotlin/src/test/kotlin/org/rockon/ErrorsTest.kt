package org.rockon

import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** What an error says to people and to logs. */
class ErrorsTest {
    private val typed = Unsaved(values("title" to "PLANTED"))

    /** One of each class. */
    private val all =
        listOf(
            RockOnException.Auth(AuthErrorCode.InvalidCredentials),
            RockOnException.Closed(),
            RockOnException.Config("url", "it is empty"),
            RockOnException.Denied(RefusalCode.LastAdmin),
            RockOnException.Gone(typed),
            RockOnException.HandOver(2),
            RockOnException.Internal("a test"),
            RockOnException.Invalid("title", "it is empty"),
            RockOnException.NotFound("song"),
            RockOnException.Offline(),
            RockOnException.Protocol(Service.REST, "it was cut off"),
            RockOnException.Secrets("read"),
            RockOnException.Server(Service.REST, 503, "53300", 3),
            RockOnException.SignedOut(),
            RockOnException.Storage(StorageFailure.Full),
            RockOnException.Timeout(Service.AUTH),
            RockOnException.UnknownColumn("colour"),
        )

    private val classes =
        RockOnException::class.java.declaredClasses.filter { RockOnException::class.java.isAssignableFrom(it) }

    @Test
    fun `the message of each error is the core's sentence and its advice`() {
        assertEquals(classes.map { it.simpleName }.toSet(), all.map { it.javaClass.simpleName }.toSet())
        for (error in all) {
            val message = checkNotNull(error.message)
            assertTrue('=' !in message && "reason" !in message && "PLANTED" !in message, message)
            val advice = error.advice(Language.ENGLISH)
            assertTrue(message.endsWith(advice) && message.length > advice.length + 3, message)
            assertTrue(message in "$error", "$error")
        }
        assertEquals("Please enter a title. Nothing was saved.", RockOnException.Invalid("title", "it is empty").message)
    }

    @Test
    fun `no error is called like one of Java's`() {
        val packages = listOf("java.lang", "java.io", "java.util", "java.util.concurrent")
        val taken =
            classes.map { it.simpleName }.filter { name ->
                packages.any { runCatching { Class.forName("$it.$name") }.isSuccess }
            }
        assertEquals(emptyList(), taken)
    }
}

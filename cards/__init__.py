"""What is taught: the programme, its modules and how an answer is judged. Knows nothing of chats or
databases.
"""

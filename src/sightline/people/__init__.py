"""Who is who: persons and families, agencies and partnerships, workers, the roles they hold and the index of people.

Nothing here decides who may see a person: the engine registers that rule (`managers.register_sight`) and until it has,
asking for anybody is refused.
"""
